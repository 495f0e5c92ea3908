// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Regions} from "./Regions.sol";
import {IAuthorityRegistry} from "./interfaces/IAuthorityRegistry.sol";
import {IBatchAnchor} from "./interfaces/IBatchAnchor.sol";
import {IDirectory} from "./interfaces/IDirectory.sol";

/// @title Who speaks for which region, and until when this deployment does (主管部门名录)
contract AuthorityRegistry is AccessManager, IAuthorityRegistry {
    using Regions for uint24;

    uint64 private constant ROLE_OF_COUNTRY = 1_000_000;
    uint64 private constant LAST_ROLE_OF_A_REGION = 1_999_999;

    /// @inheritdoc IAuthorityRegistry
    uint32 public immutable override appointmentDelay;

    /// @inheritdoc IAuthorityRegistry
    uint64 public override sequence;

    /// @inheritdoc IAuthorityRegistry
    bool public override isFrozen;

    /// @param initialAdmin The first administrator, without an execution delay until it is given one.
    /// @param appointmentDelay_ How long an appointment takes to come into effect, in seconds.
    constructor(address initialAdmin, uint32 appointmentDelay_) AccessManager(initialAdmin) {
        appointmentDelay = appointmentDelay_;
    }

    modifier whileNotFrozen() {
        if (isFrozen) revert AuthorityRegistryFrozen();
        _;
    }

    modifier onlyOtherRoles(uint64 roleId) {
        if (_isRegional(roleId)) revert AuthorityRegistryUseAppointment(roleId);
        _;
    }

    /// @inheritdoc IAuthorityRegistry
    function appoint(
        uint24 region,
        address account,
        string calldata basis
    ) external override whileNotFrozen {
        if (region == Regions.COUNTRY || !region.isValid()) {
            revert AuthorityRegistryInvalidRegion(region);
        }
        if (!_isAbove(msg.sender, region)) {
            revert AuthorityRegistryNotAllowed(msg.sender, region);
        }

        _appoint(region, account, appointmentDelay, basis);
    }

    /// @inheritdoc IAuthorityRegistry
    /// @dev The first change of all can only be this one.
    function appointNational(
        address account,
        string calldata basis
    ) external override onlyAuthorized whileNotFrozen {
        _appoint(Regions.COUNTRY, account, sequence == 0 ? 0 : appointmentDelay, basis);
    }

    /// @inheritdoc IAuthorityRegistry
    function dismiss(
        uint24 region,
        address account,
        string calldata basis
    ) external override whileNotFrozen {
        if (!region.isValid()) revert AuthorityRegistryInvalidRegion(region);
        if (!_mayDismiss(msg.sender, region, account)) {
            revert AuthorityRegistryNotAllowed(msg.sender, region);
        }
        if (!_revokeRole(_roleOf(region), account)) {
            revert AuthorityRegistryNotAppointed(region, account);
        }

        emit AuthorityDismissed(region, account, basis, msg.sender, ++sequence);
    }

    /// @inheritdoc IAuthorityRegistry
    function freeze(
        IDirectory directory,
        IDirectory successor,
        string calldata basis
    ) external override onlyAuthorized whileNotFrozen {
        if (
            directory.accessManager() != address(this) ||
            successor.accessManager() == address(this) ||
            successor.predecessor() != address(directory)
        ) revert AuthorityRegistryNotASuccessor(address(successor));

        isFrozen = true;
        emit LedgerFrozen(address(successor), basis, msg.sender, ++sequence);
        IBatchAnchor(directory.batchAnchor()).freeze();
    }

    /// @inheritdoc AccessManager
    function grantRole(
        uint64 roleId,
        address account,
        uint32 executionDelay
    ) public override onlyOtherRoles(roleId) {
        super.grantRole(roleId, account, executionDelay);
    }

    /// @inheritdoc AccessManager
    function revokeRole(uint64 roleId, address account) public override onlyOtherRoles(roleId) {
        super.revokeRole(roleId, account);
    }

    /// @inheritdoc AccessManager
    function renounceRole(
        uint64 roleId,
        address callerConfirmation
    ) public override onlyOtherRoles(roleId) {
        super.renounceRole(roleId, callerConfirmation);
    }

    /// @inheritdoc AccessManager
    /// @dev Once frozen, nobody is an authority any more.
    function hasRole(
        uint64 roleId,
        address account
    ) public view override returns (bool isMember, uint32 executionDelay) {
        if (_isRegional(roleId) && isFrozen) return (false, 0);
        return super.hasRole(roleId, account);
    }

    function _appoint(uint24 region, address account, uint32 delay, string calldata basis) private {
        if (!_grantRole(_roleOf(region), account, delay, 0)) {
            revert AuthorityRegistryAlreadyAppointed(region, account);
        }

        uint64 effectiveFrom = uint64(block.timestamp) + delay;
        emit AuthorityAppointed(region, account, effectiveFrom, basis, msg.sender, ++sequence);
    }

    function _mayDismiss(
        address caller,
        uint24 region,
        address account
    ) private view returns (bool) {
        (bool isAdministrator, ) = hasRole(ADMIN_ROLE, caller);
        return caller == account || isAdministrator || _isAbove(caller, region);
    }

    /// @dev Whether an account is an authority over a region that holds another one and is not the same.
    function _isAbove(address account, uint24 region) private view returns (bool) {
        if (region == Regions.COUNTRY) return false;
        uint24 city = region.cityOf();
        uint24 province = region.provinceOf();
        return
            (city != region && _isAuthority(account, city)) ||
            (province != city && _isAuthority(account, province)) ||
            _isAuthority(account, Regions.COUNTRY);
    }

    /// @dev Nobody holds a region's role under an execution delay, as none is ever given with one.
    function _isAuthority(address account, uint24 region) private view returns (bool isMember) {
        (isMember, ) = hasRole(_roleOf(region), account);
    }

    function _roleOf(uint24 region) private pure returns (uint64) {
        return ROLE_OF_COUNTRY + region;
    }

    function _isRegional(uint64 roleId) private pure returns (bool) {
        return roleId >= ROLE_OF_COUNTRY && roleId <= LAST_ROLE_OF_A_REGION;
    }
}
