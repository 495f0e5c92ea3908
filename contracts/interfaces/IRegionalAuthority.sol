// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";

/// @title Who speaks for a region (主管部门)
/// @notice Says which accounts are an authority over which region: the country's over all of it, a
/// province's over its cities and districts, a city's over its districts.
/// @dev An authority over a region holds the role 1,000,000 + region code in the access manager; the
/// national one holds 1,000,000. IAuthorityRegistry says how those roles are given and taken. A member
/// whose role carries an execution delay is no authority: it may only act through the access manager's
/// schedule, and a plain check of membership would let it skip the delay.
interface IRegionalAuthority {
    /// @notice The caller is not an authority over the region that it tried to act for.
    /// @param account The caller.
    /// @param region The region it would have to be an authority over.
    error RegionalAuthorityRequired(address account, uint24 region);

    /// @notice The contract that says which account holds which role.
    /// @return The access manager, fixed when this contract was deployed.
    function accessManager() external view returns (IAccessManager);
}
