// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {Regions} from "./Regions.sol";
import {IRegionalAuthority} from "./interfaces/IRegionalAuthority.sol";

/// @title Base of the contracts that regions' authorities write to
abstract contract RegionalAuthority is IRegionalAuthority {
    using Regions for uint24;

    uint64 private constant ROLE_OF_COUNTRY = 1_000_000;

    /// @inheritdoc IRegionalAuthority
    IAccessManager public immutable override accessManager;

    /// @param manager The access manager that says who holds which role.
    constructor(IAccessManager manager) {
        accessManager = manager;
    }

    function _isAuthority(address account, uint24 region) internal view returns (bool) {
        uint24 city = region.cityOf();
        uint24 province = region.provinceOf();
        return
            _holdsRoleOf(account, region) ||
            (city != region && _holdsRoleOf(account, city)) ||
            (province != city && _holdsRoleOf(account, province)) ||
            (province != Regions.COUNTRY && _holdsRoleOf(account, Regions.COUNTRY));
    }

    function _requireAuthority(uint24 region) internal view {
        if (!_isAuthority(msg.sender, region)) revert RegionalAuthorityRequired(msg.sender, region);
    }

    function _holdsRoleOf(address account, uint24 region) private view returns (bool) {
        (bool isMember, uint32 delay) = accessManager.hasRole(ROLE_OF_COUNTRY + region, account);
        return isMember && delay == 0;
    }
}
