// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IDirectory} from "./IDirectory.sol";

/// @title Who speaks for which region, and until when this deployment does (主管部门名录)
/// @notice Appoints and dismisses the authorities over regions, each by one above it, and freezes the
/// deployment in favour of its successor.
/// @dev An access manager whose roles 1,000,000 + region code are given and taken here alone; see
/// IRegionalAuthority for what they allow. Giving trust is slow: an appointment takes effect after a
/// delay, and what the administrator does waits for the administrator's own execution delay besides.
/// Taking trust away is urgent, and takes effect at once. An authority may be any account, also a contract
/// that wants several signatures. Each event carries `basis`, the document it rests on, `by`, the account
/// that made the change, and `sequence`, which counts these three events from 1 without gaps.
interface IAuthorityRegistry {
    /// @notice An account becomes an authority over a region at a given time.
    /// @param region The region; 0: the whole country.
    /// @param account The account.
    /// @param effectiveFrom When it starts to be one, in seconds since 1970.
    /// @param basis The document this rests on.
    /// @param by The account that appointed it.
    /// @param sequence The number of this change.
    event AuthorityAppointed(
        uint24 indexed region,
        address indexed account,
        uint64 effectiveFrom,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice An account is no authority over a region any more, from this block on.
    /// @param region The region; 0: the whole country.
    /// @param account The account.
    /// @param basis The document this rests on.
    /// @param by The account that dismissed it.
    /// @param sequence The number of this change.
    event AuthorityDismissed(
        uint24 indexed region,
        address indexed account,
        string basis,
        address by,
        uint64 sequence
    );

    /// @notice This deployment has ended, and another has taken its place.
    /// @param successor The directory of the one that took its place.
    /// @param basis The document this rests on.
    /// @param by The administrator's account.
    /// @param sequence The number of this change, the last one ever.
    event LedgerFrozen(address indexed successor, string basis, address by, uint64 sequence);

    /// @notice The number is no region's that an authority can be appointed to in this way.
    /// @param region The number.
    error AuthorityRegistryInvalidRegion(uint24 region);

    /// @notice The account may not appoint or dismiss an authority over the region.
    /// @param account The account that tried.
    /// @param region The region.
    error AuthorityRegistryNotAllowed(address account, uint24 region);

    /// @notice The account is an authority over the region already, or will be.
    /// @param region The region.
    /// @param account The account.
    error AuthorityRegistryAlreadyAppointed(uint24 region, address account);

    /// @notice The account is no authority over the region, nor will it be.
    /// @param region The region.
    /// @param account The account.
    error AuthorityRegistryNotAppointed(uint24 region, address account);

    /// @notice The role is an authority's, and those are not granted, revoked or renounced: they are
    /// appointed and dismissed.
    /// @param roleId The role.
    error AuthorityRegistryUseAppointment(uint64 roleId);

    /// @notice The deployment has ended.
    error AuthorityRegistryFrozen();

    /// @notice The one directory is not this deployment's, or the other is not of a deployment that
    /// succeeds it with an authority registry of its own.
    /// @param successor The directory that was to be the successor's.
    error AuthorityRegistryNotASuccessor(address successor);

    /// @notice Makes an account an authority over a region, after the appointment's delay: an authority
    /// over a region strictly above, so a province's or a city's for a district, and the country's for all.
    /// @dev The country's own are appointed with appointNational.
    /// @param region The region; not the whole country.
    /// @param account The account.
    /// @param basis The document this rests on.
    function appoint(uint24 region, address account, string calldata basis) external;

    /// @notice Makes an account a national authority, after the appointment's delay; the deployment's very
    /// first one at once, so that the deployment can start.
    /// @dev For the administrator, whose execution delay is kept with IAccessManager.schedule.
    /// @param account The account.
    /// @param basis The document this rests on.
    function appointNational(address account, string calldata basis) external;

    /// @notice Ends, at once, that an account is an authority over a region, or its becoming one: an
    /// authority strictly above, the account itself, or the administrator.
    /// @dev For any administrator, also one with an execution delay, without waiting for it: what is stolen
    /// is taken away now.
    /// @param region The region; 0: the whole country.
    /// @param account The account.
    /// @param basis The document this rests on.
    function dismiss(uint24 region, address account, string calldata basis) external;

    /// @notice Ends this deployment in favour of its successor: in one transaction every authority loses
    /// every power in all its contracts, and nothing can be anchored any more.
    /// @dev For the administrator, whose execution delay is kept with IAccessManager.schedule. From then on
    /// nothing in the deployment can be changed by anyone, but for statuses: see IStatusRegistry for why,
    /// and why readers take no notice. What the administrator may still do to the access manager's other
    /// roles changes nothing, as no contract of the deployment heeds them.
    /// @param directory The directory of this deployment.
    /// @param successor The directory of the deployment that takes its place, which names this one's as its
    /// predecessor.
    /// @param basis The document this rests on.
    function freeze(IDirectory directory, IDirectory successor, string calldata basis) external;

    /// @notice How long an appointment takes to come into effect.
    /// @return The delay in seconds, fixed when this contract was deployed.
    function appointmentDelay() external view returns (uint32);

    /// @notice How many changes this contract has recorded; the last event carries this number.
    /// @return The number of the last change.
    function sequence() external view returns (uint64);

    /// @notice Whether this deployment has ended.
    /// @return True once it has, for good.
    function isFrozen() external view returns (bool);
}
